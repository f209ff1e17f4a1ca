-- Saved queries that tell their owner of what is new.
select 1;
