package io.refdata.api;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Finds where a text of SQL that is given to JDBC, Jdbi or Hibernate is not a constant of the code:
 * neither a literal, nor a static final field, nor made by {@code SqlText} from one of these.
 */
final class SqlTexts {
  /** The methods that take SQL as their first argument. */
  private static final Set<String> DOORS =
      Set.of(
          "execute",
          "executeQuery",
          "executeUpdate",
          "executeLargeUpdate",
          "addBatch",
          "select",
          "prepareStatement",
          "prepareCall",
          "prepareBatch",
          "createQuery",
          "createUpdate",
          "createBatch",
          "createCall",
          "createScript",
          "createNativeQuery",
          "createNativeMutationQuery",
          "copyIn",
          "copyOut",
          "nativeSQL");

  private static final Pattern CONSTANT = Pattern.compile("[A-Z][A-Z0-9_]*");

  private SqlTexts() {}

  /**
   * A call with a text that is not constant.
   *
   * @param file below the root that was searched
   * @param line of the call, from 1
   */
  record Found(String file, long line, String call) {
    @Override
    public String toString() {
      return file + ":" + line + " " + call;
    }
  }

  /** All below a directory. */
  static List<Found> below(Path root) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
        Stream<Path> sources = Files.walk(root)) {
      List<Path> java = sources.filter(file -> file.toString().endsWith(".java")).sorted().toList();
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, files, null, null, null, files.getJavaFileObjectsFromPaths(java));
      List<Found> found = new ArrayList<>();
      for (CompilationUnitTree unit : task.parse()) {
        new Search(
                root.toAbsolutePath().normalize(),
                unit,
                Trees.instance(task).getSourcePositions(),
                found)
            .scan(unit, null);
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The search of one file. */
  private static final class Search extends TreeScanner<Void, Void> {
    private final Path root;
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final List<Found> found;
    private final Set<String> constants = new HashSet<>();

    private Search(
        Path root, CompilationUnitTree unit, SourcePositions positions, List<Found> found) {
      this.root = root;
      this.unit = unit;
      this.positions = positions;
      this.found = found;
    }

    @Override
    public Void visitClass(ClassTree type, Void nothing) {
      for (Tree member : type.getMembers()) {
        if (member instanceof VariableTree field
            && field
                .getModifiers()
                .getFlags()
                .containsAll(Set.of(Modifier.STATIC, Modifier.FINAL))) {
          constants.add(field.getName().toString());
        }
      }
      return super.visitClass(type, nothing);
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree call, Void nothing) {
      if (call.getMethodSelect() instanceof MemberSelectTree method
          && DOORS.contains(method.getIdentifier().toString())
          && !call.getArguments().isEmpty()
          && !isConstant(call.getArguments().get(0))) {
        long begin = positions.getStartPosition(unit, call.getArguments().get(0));
        found.add(
            new Found(
                root.relativize(Path.of(unit.getSourceFile().toUri())).toString(),
                unit.getLineMap().getLineNumber(begin),
                method.getIdentifier() + "(" + firstLine(call.getArguments().get(0)) + ")"));
      }
      return super.visitMethodInvocation(call, nothing);
    }

    private static String firstLine(Tree tree) {
      String text = tree.toString().strip().replace('\n', ' ');
      return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }

    /** True for {@code SqlText.of(constant).with(…).text()}: the project's own way. */
    private boolean isBuilt(MethodInvocationTree call) {
      if (!(call.getMethodSelect() instanceof MemberSelectTree method)) {
        return false;
      }
      String name = method.getIdentifier().toString();
      ExpressionTree on = method.getExpression();
      if (name.equals("of") && on.toString().equals("SqlText")) {
        return isConstant(call.getArguments().get(0));
      }
      return (name.equals("with") || name.equals("text"))
          && (on instanceof MethodInvocationTree before && isBuilt(before)
              || on instanceof IdentifierTree constant
                  && constants.contains(constant.getName().toString()));
    }

    private boolean isConstant(ExpressionTree text) {
      if (text instanceof BinaryTree both) {
        return isConstant(both.getLeftOperand()) && isConstant(both.getRightOperand());
      }
      if (text instanceof ParenthesizedTree inner) {
        return isConstant(inner.getExpression());
      }
      if (text instanceof ConditionalExpressionTree either) {
        return isConstant(either.getTrueExpression()) && isConstant(either.getFalseExpression());
      }
      // A constant that a class is loaded with depends on nobody who asks.
      if (text instanceof IdentifierTree name) {
        return constants.contains(name.getName().toString());
      }
      if (text instanceof MemberSelectTree constant) {
        return CONSTANT.matcher(constant.getIdentifier()).matches();
      }
      if (text instanceof MethodInvocationTree call) {
        return isBuilt(call);
      }
      return text instanceof LiteralTree
          || text instanceof LambdaExpressionTree
          || text instanceof MemberReferenceTree;
    }
  }
}
