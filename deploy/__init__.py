"""Many replicas behind one nginx: the front, the launcher for one machine, what containers run."""
