package io.aicore.spring;

import io.aicore.llm.LlmProvider;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/** Registers the named providers. */
final class NamedProvidersRegistrar implements ImportBeanDefinitionRegistrar {

    private final Environment environment;
    private final BeanFactory beans;

    NamedProvidersRegistrar(Environment environment, BeanFactory beans) {
        this.environment = environment;
        this.beans = beans;
    }

    @Override
    public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
        for (String name : AiCoreProperties.of(environment).named().keySet()) {
            if (!registry.containsBeanDefinition(name)) {
                RootBeanDefinition provider = new RootBeanDefinition(
                        LlmProvider.class,
                        () -> beans.getBean(ProviderConfigs.class).namedProvider(name));
                provider.setDestroyMethodName(AbstractBeanDefinition.INFER_METHOD);
                registry.registerBeanDefinition(name, provider);
            }
        }
    }
}
