"""What people send from the pages, checked and turned into what the workflow takes."""
