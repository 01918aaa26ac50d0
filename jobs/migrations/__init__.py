"""The history of the database's tables. Nothing but this package knows the tables of every domain."""
