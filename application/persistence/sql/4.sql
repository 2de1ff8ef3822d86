-- The contents of documents, each once under its digest; already packed, so stored as they are.
CREATE TABLE document_contents (
    digest text PRIMARY KEY,
    content bytea NOT NULL
);
ALTER TABLE document_contents ALTER COLUMN content SET STORAGE EXTERNAL;
