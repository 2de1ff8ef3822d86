"""How staff prove who they are: tokens of an OpenID provider."""
