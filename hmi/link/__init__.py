"""The HMI's side of the link: polling, snapshots, commands with verified feedback."""
