package io.refdata.api.export;

import io.refdata.access.Role;
import io.refdata.api.access.Caller;
import io.refdata.api.problem.Problem;
import io.refdata.domain.text.Digits;
import io.refdata.persistence.export.Export;
import io.refdata.persistence.export.Exports;
import io.undertow.servlet.handlers.ServletRequestContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The exports that the sender of the current request may see: its own, and all of them if it is an
 * operator. Others are not there for it.
 */
@ApplicationScoped
class VisibleExports {
  private static final int MAX_DIGITS = 18;

  @Inject private Exports exports;

  /** The number in a text; empty if it is none. */
  static Optional<Long> id(String text) {
    return Digits.are(text, MAX_DIGITS) ? Optional.of(Long.valueOf(text)) : Optional.empty();
  }

  /**
   * An export.
   *
   * @throws Problem 404 if it is not there
   */
  Export find(String id) {
    return id(id)
        .flatMap(number -> exports.find(number, author()))
        .orElseThrow(() -> Problem.notFound("There is no export " + id + "."));
  }

  /** The newest of them, before a number; null begins with the newest of all. */
  List<Export> list(@Nullable Long before, int limit) {
    return exports.list(before == null ? Long.MAX_VALUE : before, author(), limit);
  }

  /** The author who must have asked for them; null for anybody. */
  private static @Nullable String author() {
    Caller caller = Caller.of(ServletRequestContext.requireCurrent().getExchange());
    return caller.roles().contains(Role.OPERATOR) ? null : caller.name();
  }
}
