/** Tests the files in {@code monitoring/} with a Prometheus that scrapes the server. */
@NullMarked
package io.refdata.api.prometheus;

import org.jspecify.annotations.NullMarked;
