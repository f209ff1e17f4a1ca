-- More ways in and out: mailboxes, SFTP, FTP, mail, a Superdesk; and how we get into them.

alter table feed drop constraint feed_kind_check;
alter table feed add constraint feed_kind_check
    check (kind in ('http', 'folder', 'push', 'node', 'import', 'imap', 'sftp', 'ftp'));
alter table channel drop constraint channel_kind_check;
alter table channel add constraint channel_kind_check
    check (kind in ('node', 'webhook', 'folder', 'mail', 'sftp', 'ftp', 'superdesk'));

-- What is not secret: login, host keys, security … (dragoman.model.access). The secret column holds password or key.
alter table feed add column access jsonb not null default '{}';
alter table channel add column access jsonb not null default '{}';
