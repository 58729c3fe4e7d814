"""What an office does, one module each: no window, no SQL, the same for the command line and the screen."""
