package io.jenkins.plugins.argopreflight.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import io.jenkins.plugins.argopreflight.engine.util.file.FileName;
import java.io.File;
import java.io.FileOutputStream;
import java.io.FileWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.stream.Stream;

/** The rule that a name becomes part of a path only by {@link FileName#in}, since it can be one that a server chose. */
public final class PathRule {

    /** The command line, and readers of files that a kubeconfig of the user or a workspace names. */
    private static final String NAMED_BY_USERS = ".*\\.cli\\.option\\.\\w+"
            + "|.*\\.engine\\.kubernetes\\.client\\.(ConnectionResolver|CredentialPlugin|OwnKubeconfigs|OwnContext)(\\$.*)?"
            + "|.*\\.step\\.(AgentKubeconfig|preflight\\.WorkspaceManifests)(\\$.*)?";

    /** The working directory, and a folder on an agent that has the id of a block. */
    private static final String NAMED_BY_US = ".*\\.engine\\.render\\.ci\\.Sarif|.*\\.step\\.login\\.LoginWork";

    private PathRule() {}

    public static void check(JavaClasses code) {
        noClasses()
                .that()
                .doNotBelongToAnyOf(FileName.class)
                .and()
                .haveNameNotMatching(NAMED_BY_USERS + "|" + NAMED_BY_US)
                .should()
                .accessTargetWhere(DescribedPredicate.describe("a path is made of a name", PathRule::isPathOfAName))
                .because("a name becomes part of a path only by FileName.in")
                .check(code);
    }

    private static boolean isPathOfAName(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        String method = access.getName();
        return owner.isAssignableTo(Path.class) && method.matches("resolve|resolveSibling|of")
                || owner.isEquivalentTo(Paths.class)
                || owner.isAssignableTo(FileSystem.class) && method.equals("getPath")
                || owner.getName().equals("hudson.FilePath") && method.equals("child")
                || access instanceof JavaConstructorCall made && isFileOfText(owner, made);
    }

    private static boolean isFileOfText(JavaClass owner, JavaConstructorCall made) {
        return Stream.of(
                                File.class,
                                FileOutputStream.class,
                                FileWriter.class,
                                PrintStream.class,
                                PrintWriter.class,
                                RandomAccessFile.class)
                        .anyMatch(owner::isEquivalentTo)
                && made.getTarget().getRawParameterTypes().stream().limit(2).anyMatch(PathRule::isText);
    }

    private static boolean isText(JavaClass parameter) {
        return parameter.isEquivalentTo(String.class);
    }
}
