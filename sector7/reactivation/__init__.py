"""What the dormant years have done to a plant, who repairs it, and how masters follow its commissioning."""
