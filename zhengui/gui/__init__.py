"""The window: shows values, asks services, and is the only package that knows Qt."""
