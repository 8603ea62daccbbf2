package io.aicore.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A native image holds what its metadata names: the classes that are reflected on, and the files that are read from the jar.
 * What the metadata of each module names is compared with the calls in its classes.
 */
class ReachabilityMetadataTest {

    private static final String FOLDER = "META-INF/native-image/";
    private static final String SERVICES = "META-INF/services/";
    private static final String NO_ARGUMENTS = "<init>()";
    private static final String CONSTRUCTORS = "allDeclaredConstructors";

    /**
     * Field updaters are not among them: their arguments are constants, which the image's builder sees, as it does with
     * Reactor's.
     */
    private static final Pattern REFLECTIVE =
            Pattern.compile("java\\.lang\\.Class\\.(forName|newInstance|getRecordComponents"
                    + "|getPermittedSubclasses|get(Declared)?(Class|Constructor|Field|Method)(s|es)?|getResource\\w*)"
                    + "|java\\.lang\\.(ClassLoader|Module)\\.(loadClass|defineClass|findClass|resources|get(System)?Resource\\w*)"
                    + "|java\\.lang\\.invoke\\.MethodHandles.*"
                    + "|java\\.lang\\.reflect\\.Proxy\\.(newProxyInstance|getProxyClass)"
                    + "|java\\.lang\\.reflect\\.(Constructor\\.newInstance|Method\\.invoke|Array\\.newInstance|Field\\.[gs]et\\w*)"
                    + "|java\\.util\\.ServiceLoader\\.load\\w*");

    /** Calls of which the metadata says what they meet: read the call, name that in the metadata, then name the call here. */
    private static final Map<String, Set<String>> CALLS = Map.of(
            "aicore-llm",
            Set.of(
                    // Providers: each of them names its own factory.
                    "io.aicore.llm.Llm$Found.in: ServiceLoader.load",
                    // Records: those of this module; a program names its own.
                    "io.aicore.llm.codec.schema.ShapeReader.record: Class.getRecordComponents",
                    "io.aicore.llm.codec.schema.ShapeReader.constructor: Class.getRecordComponents",
                    "io.aicore.llm.codec.schema.ShapeReader.constructor: Class.getDeclaredConstructor",
                    "io.aicore.llm.codec.schema.Fields.construct: Constructor.newInstance",
                    // Eight bytes of an array at once: no member of a class is looked up.
                    "io.aicore.llm.codec.json.Utf8.<clinit>: MethodHandles.byteArrayViewVarHandle",
                    "io.aicore.llm.codec.wire.LineEnds.<clinit>: MethodHandles.byteArrayViewVarHandle",
                    "io.aicore.llm.model.ModelCatalog$Bundled.read: Class.getResourceAsStream"),
            "aicore-observability",
            Set.of(
                    "io.aicore.observability.TraceSource.found: ServiceLoader.load",
                    "io.aicore.observability.Schema.read: Class.getResourceAsStream",
                    "io.aicore.observability.dashboard.Assets.read: Class.getResourceAsStream"));

    @Test
    void eachModuleIsLookedAt() {
        assertThat(PublishedModule.all().map(PublishedModule::name))
                .contains(
                        "aicore-retry",
                        "aicore-llm",
                        "aicore-observability",
                        "aicore-spring-boot-starter",
                        "aicore-bedrock")
                .hasSizeGreaterThanOrEqualTo(13)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("io.aicore.packaging.PublishedModule#all")
    void reflectiveCallsAreKnown(PublishedModule module) {
        assertThat(reflectiveCalls(module)).isEqualTo(new TreeSet<>(CALLS.getOrDefault(module.name(), Set.of())));
    }

    @ParameterizedTest
    @MethodSource("io.aicore.packaging.PublishedModule#all")
    void metadataNamesWhatTheCodeReflectsOnAndNothingElse(PublishedModule module) {
        Map<String, String> types = new TreeMap<>();
        ownRecords(module).forEach(type -> types.put(type, CONSTRUCTORS));
        services(module)
                .forEach(file -> module.reader().read(file).lines().forEach(type -> types.put(type, NO_ARGUMENTS)));

        JsonNode metadata = metadata(module);
        Map<String, String> named = new TreeMap<>();
        metadata.path("reflection").forEach(each -> named.put(each.path("type").asString(), way(each)));

        assertThat(named).isEqualTo(types);
        assertThat(module.classes().stream().map(JavaClass::getName)).containsAll(named.keySet());
    }

    @ParameterizedTest
    @MethodSource("io.aicore.packaging.PublishedModule#all")
    void metadataNamesTheFilesThatAreReadAndNoOthers(PublishedModule module) {
        Set<String> read = new TreeSet<>(services(module));
        if (reflectiveCalls(module).stream().anyMatch(call -> call.contains(".getResource"))) {
            module.files().stream()
                    .filter(file -> !file.startsWith("META-INF/"))
                    .forEach(read::add);
        }

        Set<String> named = new TreeSet<>();
        for (JsonNode each : metadata(module).path("resources")) {
            PathMatcher glob = FileSystems.getDefault()
                    .getPathMatcher("glob:" + each.path("glob").asString());
            Set<String> matched = module.files().stream()
                    .filter(file -> glob.matches(Path.of(file)))
                    .collect(Collectors.toSet());
            assertThat(matched).as(each.toString()).isNotEmpty();
            named.addAll(matched);
        }

        assertThat(named).isEqualTo(read);
    }

    @ParameterizedTest
    @MethodSource("io.aicore.packaging.PublishedModule#all")
    void aModuleThatReflectsOnNothingHasNone(PublishedModule module) {
        boolean reflects =
                !reflectiveCalls(module).isEmpty() || !services(module).isEmpty();

        assertThat(module.files().stream()
                        .filter(file -> file.startsWith(FOLDER))
                        .collect(Collectors.toSet()))
                .isEqualTo(reflects ? Set.of(place(module)) : Set.of());
    }

    private static Set<String> reflectiveCalls(PublishedModule module) {
        return module.classes().stream()
                .flatMap(type -> type.getAccessesFromSelf().stream())
                .filter(access -> REFLECTIVE
                        .matcher(access.getTargetOwner().getName() + "."
                                + access.getTarget().getName())
                        .matches())
                .map(ReachabilityMetadataTest::written)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String written(JavaAccess<?> access) {
        JavaCodeUnit from = access.getOrigin();
        return from.getOwner().getName() + "." + from.getName() + ": "
                + access.getTargetOwner().getSimpleName() + "."
                + access.getTarget().getName();
    }

    /** The records that the module's own code has read, with those within them. */
    private static Set<String> ownRecords(PublishedModule module) {
        Deque<JavaClass> open = module.classes().stream()
                .flatMap(type -> type.getCodeUnits().stream())
                .filter(unit -> unit.getMethodCallsFromSelf().stream()
                        .anyMatch(call -> call.getTargetOwner().getSimpleName().equals("RecordSchema")
                                && call.getTarget().getName().equals("of")))
                .flatMap(unit -> unit.getReferencedClassObjects().stream())
                .map(object -> object.getRawType())
                .collect(Collectors.toCollection(ArrayDeque::new));
        Set<String> found = new TreeSet<>();
        while (!open.isEmpty()) {
            JavaClass type = open.pop();
            if (type.isRecord() && module.classes().contain(type.getName()) && found.add(type.getName())) {
                type.getFields().forEach(field -> open.addAll(field.getType().getAllInvolvedRawTypes()));
            }
        }
        return found;
    }

    private static Set<String> services(PublishedModule module) {
        return module.files().stream().filter(file -> file.startsWith(SERVICES)).collect(Collectors.toSet());
    }

    private static JsonNode metadata(PublishedModule module) {
        return JsonMapper.shared()
                .readTree(
                        module.files().contains(place(module)) ? module.reader().read(place(module)) : "{}");
    }

    private static String place(PublishedModule module) {
        return FOLDER + "io.aicore/" + module.name() + "/reachability-metadata.json";
    }

    private static String way(JsonNode entry) {
        return entry.path(CONSTRUCTORS).asBoolean(false)
                ? CONSTRUCTORS
                : Stream.of(entry.path("methods"))
                        .flatMap(methods -> methods.valueStream())
                        .map(method -> method.path("name").asString() + "("
                                + method.path("parameterTypes")
                                        .valueStream()
                                        .map(JsonNode::asString)
                                        .collect(Collectors.joining(","))
                                + ")")
                        .collect(Collectors.joining(" "));
    }
}
