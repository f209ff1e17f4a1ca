-- Institutions, people, meetings, documents.
select 1;
