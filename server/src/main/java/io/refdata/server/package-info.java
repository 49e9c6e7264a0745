/**
 * What runs in WildFly before and beside the application: it checks the settings, watches over the
 * database, tells how the platform is, and answers as long as the application is not there.
 */
@NullMarked
package io.refdata.server;

import org.jspecify.annotations.NullMarked;
