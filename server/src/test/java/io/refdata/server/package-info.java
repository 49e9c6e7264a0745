@NullMarked
package io.refdata.server;

import org.jspecify.annotations.NullMarked;
