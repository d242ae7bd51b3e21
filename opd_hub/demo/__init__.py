"""A regency to try things in: agencies, people, pictures and a month of posts, all made up."""
