-- Before anything refers to the basics: what does stops the undo.
delete from ref.unit;
delete from ref.code;
delete from ref.code_list;
delete from ref.region;
delete from ref.unit_aud
 where rev = (select rev from ref.revision where by = 'refdata' and reason like 'The basics:%');
delete from ref.code_aud
 where rev = (select rev from ref.revision where by = 'refdata' and reason like 'The basics:%');
delete from ref.code_list_aud
 where rev = (select rev from ref.revision where by = 'refdata' and reason like 'The basics:%');
delete from ref.region_aud
 where rev = (select rev from ref.revision where by = 'refdata' and reason like 'The basics:%');
delete from ref.revision where by = 'refdata' and reason like 'The basics:%';
