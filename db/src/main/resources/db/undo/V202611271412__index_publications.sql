drop index ref.revision_topic_published;
