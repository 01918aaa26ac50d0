"""The sub-commands of `campus`, one file each; `jobs/cli.py` lists them."""
