"""What every room is furnished with: buttons, dialogs, lists, colours, icons, work in the background."""
