"""Backup and restore of the whole service: every table, and every picture of a problem.

A backup is one tar file:

    tables/NAME.jsonl.gz     the rows of a table, each a JSON list in the order of the manifest's columns
    pictures/SHA256.png      a picture (or .jpg), named by the hash of its content
    manifest.json            what the file holds, last: a file that was cut off has none

The rows are those of one moment. They are the same text whichever kind of database they come from, so a backup of
SQLite is restored into PostgreSQL and the other way round. Secrets are in it as the database holds them: encrypted or
hashed. The key that encrypts is not.
"""
