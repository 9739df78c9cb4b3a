"""What can be asked of the plant, one file for each kind: what will change, why not, and how it is verified."""
