@NullMarked
package io.refdata.settings;

import org.jspecify.annotations.NullMarked;
