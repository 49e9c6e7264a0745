/** The whole platform on one machine, for development and tests: PostgreSQL, WildFly, the WAR. */
@NullMarked
package io.refdata.api.platform;

import org.jspecify.annotations.NullMarked;
