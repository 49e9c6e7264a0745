@NullMarked
package io.refdata.api.problem;

import org.jspecify.annotations.NullMarked;
