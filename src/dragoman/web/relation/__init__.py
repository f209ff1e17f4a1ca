"""Relations: institutions and their people, meetings and what was agreed, documents; and the partner brief, on a page of its own."""
