/**
 * WildFly's extension for the platform, which runs before and beside the application. It checks the
 * settings, watches the database, reports the platform's health, and answers requests while the
 * application is not running.
 */
@NullMarked
package io.refdata.server;

import org.jspecify.annotations.NullMarked;
