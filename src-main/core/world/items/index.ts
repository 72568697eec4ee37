export { containerItems, hasUnrolledLoot, withContainerItems } from './containers.ts';
export { readItem, writeItem, type ItemRenames } from './forms.ts';
export { withoutPrivateTags } from './privateTags.ts';
export { sameNbt } from './sameNbt.ts';
export {
  componentOf,
  damageItem,
  enchantmentLevel,
  itemInfo,
  maxDamageOf,
  maxStack,
  numberOf,
  publicComponents,
  sameItem,
  sameStack,
  withComponent,
  withCount,
} from './stack.ts';
