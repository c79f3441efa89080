"""What may be asked: question bank files, how they are read and how they are checked."""
