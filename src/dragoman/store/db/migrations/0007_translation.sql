-- Language versions: families, drafts, reviews.
select 1;
