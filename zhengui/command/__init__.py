"""The commands of the command line, one module each; they only read arguments, call services and print."""
