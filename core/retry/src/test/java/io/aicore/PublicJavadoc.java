package io.aicore;

import com.sun.source.doctree.AttributeTree;
import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.TextTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.PackageTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTreeScanner;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * The prose of the Javadoc that users read: of packages and of public and protected types and members, without code,
 * links' targets and markup.
 */
final class PublicJavadoc {

    /** The prose of one comment. */
    record Prose(String file, long line, String text) {}

    private PublicJavadoc() {}

    static List<Prose> of(Iterable<? extends JavaFileObject> sources) {
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "needs a JDK");
        JavacTask task = (JavacTask) compiler.getTask(null, null, null, List.of("-proc:none"), null, sources);
        DocTrees trees = DocTrees.instance(task);
        List<Prose> found = new ArrayList<>();
        try {
            for (CompilationUnitTree unit : task.parse()) {
                new Documented(trees, unit, found::add).scan(unit, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /** Visits what is public or protected, and is not inside of anything that is neither. */
    private static final class Documented extends TreePathScanner<@Nullable Void, @Nullable Void> {

        private final DocTrees trees;
        private final CompilationUnitTree unit;
        private final Consumer<Prose> found;

        Documented(DocTrees trees, CompilationUnitTree unit, Consumer<Prose> found) {
            this.trees = trees;
            this.unit = unit;
            this.found = found;
        }

        @Override
        public @Nullable Void visitPackage(PackageTree tree, @Nullable Void unused) {
            read(tree);
            return null;
        }

        @Override
        public @Nullable Void visitClass(ClassTree tree, @Nullable Void unused) {
            if (!isShown(tree.getModifiers())) {
                return null;
            }
            read(tree);
            return super.visitClass(tree, null);
        }

        @Override
        public @Nullable Void visitMethod(MethodTree tree, @Nullable Void unused) {
            if (isShown(tree.getModifiers())) {
                read(tree);
            }
            return null;
        }

        @Override
        public @Nullable Void visitVariable(VariableTree tree, @Nullable Void unused) {
            if (isShown(tree.getModifiers())) {
                read(tree);
            }
            return null;
        }

        private boolean isShown(ModifiersTree modifiers) {
            Set<Modifier> flags = modifiers.getFlags();
            return flags.contains(Modifier.PUBLIC) || flags.contains(Modifier.PROTECTED) || isInInterface();
        }

        private boolean isInInterface() {
            TreePath parent = getCurrentPath().getParentPath();
            Tree around = parent == null ? null : parent.getLeaf();
            return around != null
                    && (around.getKind() == Tree.Kind.INTERFACE || around.getKind() == Tree.Kind.ANNOTATION_TYPE);
        }

        private void read(Tree tree) {
            DocCommentTree comment = trees.getDocCommentTree(getCurrentPath());
            if (comment == null) {
                return;
            }
            StringBuilder text = new StringBuilder();
            new Words(text).scan(comment, null);
            long start = trees.getSourcePositions().getStartPosition(unit, tree);
            long line = unit.getLineMap().getLineNumber(Math.max(0, start));
            String prose = text.toString().replaceAll("\\s+", " ").strip();
            found.accept(new Prose(unit.getSourceFile().getName(), line, prose));
        }
    }

    private static final class Words extends DocTreeScanner<@Nullable Void, @Nullable Void> {

        private final StringBuilder text;

        Words(StringBuilder text) {
            this.text = text;
        }

        @Override
        public @Nullable Void scan(@Nullable DocTree node, @Nullable Void unused) {
            boolean block = node instanceof com.sun.source.doctree.BlockTagTree;
            if (block) {
                text.append("\n. ");
            }
            return super.scan(node, null);
        }

        @Override
        public @Nullable Void visitText(TextTree node, @Nullable Void unused) {
            text.append(node.getBody()).append(' ');
            return null;
        }

        @Override
        public @Nullable Void visitLiteral(LiteralTree node, @Nullable Void unused) {
            text.append("CODE ");
            return null;
        }

        @Override
        public @Nullable Void visitAttribute(AttributeTree node, @Nullable Void unused) {
            return null;
        }
    }
}
