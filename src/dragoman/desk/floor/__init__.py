"""A round table or news conference held: its floor opened, questions taken, moved and answered, the transcript published.

running     the floor itself: opened, set up, from announced to closed
asking      a question made, reworded, withdrawn; how many and how fast
moderating  accepted, asked now, answered, declined, merged, moved, struck; answers and interpretations
guests      accredited journalists, speakers and interpreters of any partner
publishing  the transcript as items, in the languages chosen
listing     every question as a table
"""
