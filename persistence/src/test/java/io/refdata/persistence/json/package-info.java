@NullMarked
package io.refdata.persistence.json;

import org.jspecify.annotations.NullMarked;
