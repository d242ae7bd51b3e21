"""What people write about people and agencies, checked and with sentences for what is wrong."""
