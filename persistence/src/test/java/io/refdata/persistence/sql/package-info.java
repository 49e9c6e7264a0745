@NullMarked
package io.refdata.persistence.sql;

import org.jspecify.annotations.NullMarked;
