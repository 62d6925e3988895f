declare module "*.css" {
  const text: string;
  export default text;
}
declare module "*.yml" {
  const texts: Record<string, string>;
  export default texts;
}
