package io.aicore.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.io.File;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What our modules tell Java is what is in them, and what they show is theirs. */
class ModulesTest {

    private static final Map<String, ModuleDescriptor> NAMED = named();

    private static Stream<PublishedModule> all() {
        return PublishedModule.all();
    }

    private static Stream<PublishedModule> described() {
        return all().filter(module -> descriptor(module).isPresent());
    }

    private static Map<String, ModuleDescriptor> named() {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(classPath.split(File.pathSeparator))
                .map(Path::of)
                .filter(entry -> entry.endsWith("target/classes")
                        || entry.getFileName().toString().startsWith("aicore-"))
                .flatMap(entry -> ModuleFinder.of(entry).findAll().stream())
                .map(ModuleReference::descriptor)
                .filter(descriptor -> !descriptor.isAutomatic())
                .collect(Collectors.toMap(
                        ModuleDescriptor::name, descriptor -> descriptor, (one, same) -> one, TreeMap::new));
    }

    private static Optional<ModuleDescriptor> descriptor(PublishedModule module) {
        return Optional.ofNullable(NAMED.get(module.name().replace('-', '.').replaceFirst("^", "io.")));
    }

    @Test
    void theModulesOfACallAreDescribed() {
        assertThat(NAMED.keySet()).contains("""
                        io.aicore.retry io.aicore.llm io.aicore.observability io.aicore.testserver io.aicore.openai
                        io.aicore.anthropic io.aicore.gemini io.aicore.mistral io.aicore.cohere io.aicore.ollama
                        io.aicore.bedrock""".split("\\s+"));
    }

    @ParameterizedTest
    @MethodSource("described")
    void aModuleProvidesTheServicesOfItsClassPath(PublishedModule module) {
        Map<String, Set<String>> files = new TreeMap<>();
        String folder = "META-INF/services/";
        module.files().stream()
                .filter(file -> file.startsWith(folder))
                .forEach(file -> files.put(
                        file.substring(folder.length()),
                        module.reader().read(file).lines().collect(Collectors.toCollection(TreeSet::new))));

        Map<String, Set<String>> provided = new TreeMap<>();
        descriptor(module)
                .orElseThrow()
                .provides()
                .forEach(service -> provided.put(service.service(), new TreeSet<>(service.providers())));
        assertThat(provided).isEqualTo(files);
    }

    @ParameterizedTest
    @MethodSource("described")
    void aModuleExportsThePackagesWithPublicTypesButInternalOnes(PublishedModule module) {
        Set<String> withPublicTypes = module.classes().stream()
                .filter(type -> type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC))
                .map(JavaClass::getPackageName)
                .filter(name -> !name.endsWith(".internal"))
                .collect(Collectors.toCollection(TreeSet::new));

        Set<String> exported = descriptor(module).orElseThrow().exports().stream()
                .filter(export -> !export.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .collect(Collectors.toSet());
        assertThat(exported).isEqualTo(withPublicTypes);
    }

    /** So that the JSON library can be changed, or replaced by a parser over bytes. */
    @ParameterizedTest
    @MethodSource("all")
    void noTypeOfJacksonIsInOurApi(PublishedModule module) {
        Set<String> shown = new TreeSet<>();
        for (JavaClass type : module.classes()) {
            if (isVisible(type)) {
                used(type)
                        .filter(used -> used.getPackageName().startsWith("tools.jackson"))
                        .forEach(used -> shown.add(type.getName() + " shows " + used.getName()));
            }
        }
        assertThat(shown).isEmpty();
    }

    /** The types in what others see of this one. */
    private static Stream<JavaClass> used(JavaClass type) {
        Stream<JavaClass> codeUnits = type.getCodeUnits().stream()
                .filter(unit -> isVisible(unit.getModifiers()))
                .flatMap(unit -> unit.getAllInvolvedRawTypes().stream());
        Stream<JavaClass> fields = type.getFields().stream()
                .filter(field -> isVisible(field.getModifiers()))
                .flatMap(field -> field.getAllInvolvedRawTypes().stream());
        Stream<JavaClass> parents = Stream.concat(type.getRawInterfaces().stream(), type.getRawSuperclass().stream());
        return Stream.of(codeUnits, fields, parents).flatMap(each -> each);
    }

    private static boolean isVisible(JavaClass type) {
        return isVisible(type.getModifiers())
                && type.getEnclosingClass().map(ModulesTest::isVisible).orElse(true);
    }

    private static boolean isVisible(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }
}
