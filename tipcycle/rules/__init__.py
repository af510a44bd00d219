"""The law's rules, one file each, pure: values in, findings out; each cites its section."""
