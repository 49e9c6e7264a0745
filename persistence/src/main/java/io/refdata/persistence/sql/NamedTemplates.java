package io.refdata.persistence.sql;

import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.TemplateEngine;

/**
 * Puts the name of its sender into each statement that Jdbi sends. Jdbi caches the result by the
 * text, so a text that two methods send has the name of the first.
 */
public final class NamedTemplates implements TemplateEngine.Parsing {
  @Override
  public Optional<Function<StatementContext, String>> parse(
      String template, ConfigRegistry config) {
    String named = StatementName.tag(template, StatementName.ofCaller());
    return Optional.of(context -> named);
  }
}
