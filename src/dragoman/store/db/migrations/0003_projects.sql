-- Projects: signed acts, and the records they fold into.
select 1;
