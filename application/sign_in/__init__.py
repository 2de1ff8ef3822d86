"""Who somebody is: passwords, tokens, and what an identity provider says of them."""
