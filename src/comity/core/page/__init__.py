"""What pages, pictures and terminals of all rooms share: words, drawings, style, frame."""
