-- Outlets, coverage found, exchange counted.
select 1;
