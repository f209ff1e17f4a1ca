-- Round tables: accreditation and who may ask how often.
select 1;
