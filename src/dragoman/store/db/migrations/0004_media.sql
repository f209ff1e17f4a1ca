-- Pictures: their files, renditions and descriptions.
select 1;
